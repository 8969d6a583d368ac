return new Cake.Frosting.CakeHost().Run(args);
